import { testSeeds } from './core-random.js';

testSeeds(1500);
