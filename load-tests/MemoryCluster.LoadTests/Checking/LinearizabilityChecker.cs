using MemoryCluster.LoadTests.Histories;

namespace MemoryCluster.LoadTests.Checking;

/// <summary>
/// Whether the operations on one memory have an order that respects real time and in which each is possible: the search of J. Wing and C. Gong
/// ("Testing and verifying concurrent objects", J. Parallel and Distributed Computing 17, 1993) over a list of calls and returns from which
/// an operation is lifted once it has its place, with the table of visited configurations of G. Lowe ("Testing for linearizability", 2017).
/// One memory at a time: a history is linearizable if that of each object is (Herlihy and Wing, 1990, theorem 1).
/// </summary>
/// <param name="operationsMax">More on one memory are not searched.</param>
/// <param name="stepsMax">Operations tried in one search, some 50 million a second and a half.</param>
/// <param name="configurationsMax">Configurations kept, some 300 bytes each at 2,000 operations.</param>
internal sealed class LinearizabilityChecker(
    int operationsMax = LinearizabilityChecker.OperationsMaxDefault, long stepsMax = 50_000_000, int configurationsMax = 500_000)
{
    public const int OperationsMaxDefault = 2_000;

    public Linearizable Check(IEnumerable<Operation> operations)
    {
        var concerned = operations.Where(Register.Concerns).ToArray();
        return concerned.Length > operationsMax
            ? Linearizable.Undecided
            : new LinearizabilitySearch(concerned, stepsMax, configurationsMax).Run();
    }
}
