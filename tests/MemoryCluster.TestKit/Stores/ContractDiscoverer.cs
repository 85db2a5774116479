using Xunit.Abstractions;
using Xunit.Sdk;

namespace MemoryCluster.TestKit.Stores;

/// <summary>Finds a contract's tests, or one skipped test with the reason: an inherited method's attribute cannot know the class.</summary>
internal sealed class ContractDiscoverer(IMessageSink sink) : IXunitTestCaseDiscoverer
{
    private readonly FactDiscoverer _facts = new(sink);
    private readonly TheoryDiscoverer _theories = new(sink);

    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        var needsRedis = testMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsRedisAttribute)).Any();
        if (needsRedis && RedisServerFixture.ServerPath is null)
            return [Skipped(discoveryOptions, testMethod)];
        return factAttribute is IReflectionAttributeInfo { Attribute: TheoryAttribute }
            ? _theories.Discover(discoveryOptions, testMethod, factAttribute)
            : _facts.Discover(discoveryOptions, testMethod, factAttribute);
    }

    private XunitSkippedDataRowTestCase Skipped(ITestFrameworkDiscoveryOptions options, ITestMethod method) =>
        new(sink, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, RedisServerFixture.MissingReason);
}
