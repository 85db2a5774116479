using Xunit.Sdk;

namespace MemoryCluster.TestKit.Stores;

/// <summary>A theory of a contract, skipped where the inheriting class lacks what it needs.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("MemoryCluster.TestKit.Stores.ContractDiscoverer", "MemoryCluster.TestKit")]
public sealed class ContractTheoryAttribute : TheoryAttribute;
