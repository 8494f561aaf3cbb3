/** Resources of one DescribeConfigs: a broker's settings and their documentation are 12 kB. Clients split what is more. */
export const MAX_DESCRIBED_RESOURCES = 1_000;
