import { testRuns } from './runs';

testRuns(0);
