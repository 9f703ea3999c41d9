"""What scripts that work by Spark share: a session of this machine alone, and requests that are answered line by line."""

import json
import sys

from pyspark.sql import SparkSession

SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    # Nothing is to be reached from outside, and nothing but answers printed.
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # The default is for clusters: a small table would take 200 tasks.
    "spark.sql.shuffle.partitions": "1",
    # A session lives for a minute: what better compiled code and a parallel collector bring later costs more than that.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}


def open_session(jars, settings):
    builder = SparkSession.builder.master("local[2]")
    for name, value in {**SETTINGS, "spark.jars": ",".join(jars), **settings}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def answer_requests(answer):
    """Answers each JSON line on stdin with one on stdout by `answer`, and what fails by {"error": "..."}."""
    for line in sys.stdin:
        try:
            answered = answer(json.loads(line))
        except Exception as error:
            # What a request may fail with comes from Java, Spark and Arrow; the session stays whole.
            answered = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answered), flush=True)
