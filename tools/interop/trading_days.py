"""Prints the trading days of exchanges as exchange_calendars has them, year by year.

Usage: trading_days.py FIRST_YEAR LAST_YEAR CODE...
"""

import json
import sys

import exchange_calendars
import pandas


def year_of(schedule, year):
    """Weekdays without trading, sessions shorter than most, and the UTC opens from the day that each holds from."""
    sessions = schedule.loc[f"{year}-01-01" : f"{year}-12-31"]
    weekdays = pandas.bdate_range(f"{year}-01-01", f"{year}-12-31")
    closed = [day.strftime("%m-%d") for day in weekdays.difference(sessions.index)]
    minutes = (sessions["close"] - sessions["open"]).dt.total_seconds() // 60
    short = [f"{day:%m-%d} {int(length)}" for day, length in minutes.items() if length < minutes.max()]
    opens = sessions["open"].dt.strftime("%H:%M")
    changes = [f"{day:%m-%d} {text}" for day, text in opens[opens != opens.shift()].items()]
    return {
        "minutes": int(minutes.max()),
        "closed": " ".join(closed),
        "short": ", ".join(short),
        "opens": ", ".join(changes),
    }


first, last, *codes = sys.argv[1:]
exchanges = {}
for code in codes:
    calendar = exchange_calendars.get_calendar(code, start=f"{first}-01-01", end=f"{last}-12-31")
    exchanges[code] = {str(year): year_of(calendar.schedule, year) for year in range(int(first), int(last) + 1)}
print(json.dumps(exchanges))
