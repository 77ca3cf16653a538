import { testRuns } from './runs';

testRuns(1);
