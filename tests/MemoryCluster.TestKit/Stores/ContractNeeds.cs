using Xunit.Abstractions;
using Xunit.Sdk;

namespace MemoryCluster.TestKit.Stores;

/// <summary>Which reason a class has to skip, which the attribute of an inherited method cannot know.</summary>
internal static class ContractNeeds
{
    public static bool AreMissing(ITestMethod method) =>
        RedisServerFixture.ServerPath is null && method.TestClass.Class.GetCustomAttributes(typeof(NeedsRedisAttribute)).Any();

    public static IXunitTestCase Skipped(IMessageSink sink, ITestFrameworkDiscoveryOptions options, ITestMethod method) =>
        new XunitSkippedDataRowTestCase(
            sink, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, RedisServerFixture.MissingReason);
}
