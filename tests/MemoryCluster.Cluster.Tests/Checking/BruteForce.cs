using MemoryCluster.LoadTests.Checking;
using MemoryCluster.LoadTests.Histories;

namespace MemoryCluster.Cluster.Tests.Checking;

/// <summary>The definition, word for word: is there any order at all? Every order of a small history is tried.</summary>
internal static class BruteForce
{
    public static bool IsLinearizable(IEnumerable<Operation> operations) =>
        HasOrder([.. operations.Where(Register.Concerns)], RegisterState.Unwritten);

    private static bool HasOrder(Operation[] rest, RegisterState state)
    {
        if (rest.All(operation => operation.IsOptional))
            return true;
        for (var i = 0; i < rest.Length; i++)
        {
            var first = rest[i];
            if (rest.All(other => other.IsOptional || other.ReturnedNs >= first.InvokedNs)
                && Register.Apply(first, state) is { } next && HasOrder([.. rest[..i], .. rest[(i + 1)..]], next))
                return true;
        }

        return false;
    }
}
