namespace MemoryCluster.Index.Tests;

internal readonly struct DivisibleBy(int divisor) : IOrdinalFilter
{
    public bool Accepts(int ordinal) => ordinal % divisor == 0;
}
