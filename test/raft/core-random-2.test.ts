import { testSeeds } from './core-random.js';

testSeeds(500);
