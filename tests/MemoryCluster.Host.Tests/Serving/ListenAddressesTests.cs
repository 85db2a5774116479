using MemoryCluster.Host.Serving;

namespace MemoryCluster.Host.Tests.Serving;

public sealed class ListenAddressesTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://localhost:8080;http://[::1]:8080")]
    [InlineData("http://127.9.9.9")]
    public void Loopback_IsReachedFromThisMachineAlone(string urls)
    {
        Assert.Null(ListenAddresses.ErrorOf(urls));
        Assert.True(ListenAddresses.AreLoopback(urls));
    }

    [Theory]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://*:8080")]
    [InlineData("http://+:8080")]
    [InlineData("http://[::]:8080")]
    [InlineData("http://localhost.example:8080")]
    [InlineData("http://127.0.0.1:8080;http://10.0.0.7:8080")]
    public void Anything_Else_IsNot(string urls)
    {
        Assert.Null(ListenAddresses.ErrorOf(urls));
        Assert.False(ListenAddresses.AreLoopback(urls));
    }

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("8080")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("https://127.0.0.1:8443")]
    [InlineData("http://127.0.0.1:8080/base")]
    [InlineData("http://127.0.0.1:99999")]
    public void Malformed_IsRefused(string urls) => Assert.NotNull(ListenAddresses.ErrorOf(urls));
}
