using System.Reflection;
using Xunit.Sdk;

namespace MemoryCluster.LocalEngine.Tests.Engines;

/// <summary>Runs the fact on both schedulers.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BothEnginesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[EngineKind.Live], [EngineKind.Simulated]];
}
