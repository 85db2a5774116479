using MemoryCluster.LoadTests.Histories;

namespace MemoryCluster.LoadTests.Clients;

/// <summary>How a call went, with all its repetitions.</summary>
/// <param name="InvokedNs">When it was first sent.</param>
/// <param name="LastInvokedNs">When it was last sent.</param>
/// <param name="ReturnedNs">When its last outcome was known.</param>
internal sealed record Attempted<T>(OperationOutcome Outcome, T? Answer, long InvokedNs, long LastInvokedNs, long ReturnedNs)
    where T : class;
