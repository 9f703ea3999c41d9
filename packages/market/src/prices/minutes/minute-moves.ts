import { nearlyNormal } from '../nearly-normal.ts';
import type { MinuteDraws } from './minute-draws.ts';

const { sqrt } = Math;

/** What of a stock's moves is common, and how fast it gets there. */
export interface CommonMoves {
  /** Standard normal by the minute: news of the market, and of the sector. */
  readonly market: Float64Array;
  readonly sector: Float64Array;
  /** Correlations of the stock's moves with them once all is told. */
  readonly marketPart: number;
  readonly sectorPart: number;
  /** What part of common news is still to come after a minute. */
  readonly lag: number;
  /** Two standard normal numbers: of what came before the session. */
  readonly before: readonly [number, number];
}

/**
 * Turns the standard normal moves of a stock by the minute, which are its own, into moves that have common news in them.
 *
 * Prices take up common news over some minutes, each of which passes on a part, so that two stocks correlate little in a
 * minute and as their days do in an hour (Epps, "Comovements in stock prices in the very short run", 1979). Moves remain
 * white and of variance 1: what the lag takes from the spectrum of the news at high frequencies, noise of the stock's own
 * gives back, an autoregression of differences whose spectrum is that of the news less that of the lagged news.
 */
export function addCommonMoves(moves: Float64Array, { apart }: MinuteDraws, common: CommonMoves): void {
  const { market, sector, marketPart, sectorPart, lag, before } = common;
  const shared = marketPart * marketPart + sectorPart * sectorPart;
  const noise = sqrt(lag * shared);
  const own = sqrt(shared < 1 ? 1 - shared : 0);
  const pass = 1 - lag;
  let told = sqrt(pass * shared) * before[0];
  let last = noise * before[1];
  for (let i = 0; i < moves.length; i++) {
    const news = marketPart * (market[i] as number) + sectorPart * (sector[i] as number);
    told = lag * told + pass * (news - last);
    last = noise * nearlyNormal(apart[i] as number);
    moves[i] = told + last + own * (moves[i] as number);
  }
}
