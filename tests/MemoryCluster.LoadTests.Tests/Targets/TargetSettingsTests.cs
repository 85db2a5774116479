using MemoryCluster.LoadTests.Targets;

namespace MemoryCluster.LoadTests.Tests.Targets;

public sealed class TargetSettingsTests
{
    [Fact]
    public void Target_IsLocalOrOrleansOrAnAddress()
    {
        Assert.Equal((TargetKind.Local, null), TargetSettings.Parse("local"));
        Assert.Equal((TargetKind.Orleans, null), TargetSettings.Parse("orleans"));
        Assert.Equal((TargetKind.Running, new Uri("http://10.0.0.7:8080")), TargetSettings.Parse("http://10.0.0.7:8080"));
    }

    [Theory]
    [InlineData("cloud")]
    [InlineData("https://example.org")]
    [InlineData("")]
    public void AnythingElse_IsRefused(string target) => Assert.Throws<ArgumentException>(() => TargetSettings.Parse(target));
}
