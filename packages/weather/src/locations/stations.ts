/** The identifiers of the airport whose station reports the weather of a city. */
export interface Station {
  /** ICAO location indicator. */
  readonly icaoId: string;
  /** WMO station number: block of two digits and station of three. */
  readonly wmoId: string;
}

/* prettier-ignore */
const ROWS: Readonly<Record<string, readonly [icaoId: string, wmoId: string]>> = {
  'Berlin': ['EDDB', '10385'],
  'Madrid': ['LEMD', '08221'],
  'Helsinki': ['EFHK', '02974'],
  'Stockholm': ['ESSA', '02460'],
  'London': ['EGLL', '03772'],
  'Paris': ['LFPG', '07157'],
  'Rome': ['LIRF', '16242'],
  'New York': ['KJFK', '74486'],
  'São Paulo': ['SBSP', '83780'],
  'Tokyo': ['RJTT', '47671'],
  'Singapore': ['WSSS', '48698'],
  'Sydney': ['YSSY', '94767'],
  'Amsterdam': ['EHAM', '06240'],
  'Beijing': ['ZBAA', '54511'],
  'Buenos Aires': ['SAEZ', '87576'],
  'Cairo': ['HECA', '62366'],
  'Cape Town': ['FACT', '68816'],
  'Chicago': ['KORD', '72530'],
  'Copenhagen': ['EKCH', '06180'],
  'Dresden': ['EDDC', '10488'],
  'Dubai': ['OMDB', '41194'],
  'Hamburg': ['EDDH', '10147'],
  'Los Angeles': ['KLAX', '72295'],
  'Melbourne': ['YMML', '94866'],
  'Mexico City': ['MMMX', '76679'],
  'Munich': ['EDDM', '10870'],
  'Nairobi': ['HKJK', '63740'],
  'Oslo': ['ENGM', '01384'],
  'Prague': ['LKPR', '11518'],
  'Reykjavik': ['BIRK', '04030'],
  'Seoul': ['RKSS', '47110'],
  'Toronto': ['CYYZ', '71624'],
  'Vienna': ['LOWW', '11036'],
  'Warsaw': ['EPWA', '12375'],
  'Zurich': ['LSZH', '06670'],
};

/** The station of a known city. */
export function stationOf(city: string): Station {
  const [icaoId, wmoId] = ROWS[city] as readonly [string, string];
  return { icaoId, wmoId };
}
