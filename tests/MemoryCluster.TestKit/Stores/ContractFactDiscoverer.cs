using Xunit.Abstractions;
using Xunit.Sdk;

namespace MemoryCluster.TestKit.Stores;

internal sealed class ContractFactDiscoverer(IMessageSink sink) : FactDiscoverer(sink)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        ContractNeeds.AreMissing(testMethod)
            ? [ContractNeeds.Skipped(DiagnosticMessageSink, discoveryOptions, testMethod)]
            : base.Discover(discoveryOptions, testMethod, factAttribute);
}
