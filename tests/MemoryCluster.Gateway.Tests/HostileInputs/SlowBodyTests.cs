using System.Text;
using MemoryCluster.Gateway.Tests.Running;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Gateway.Tests.HostileInputs;

/// <summary>Inputs 7 and 8, which are limits of the server below the gateway.</summary>
public sealed class SlowBodyTests
{
    [Fact]
    public async Task ABodyThatStalls_Is408()
    {
        // the shortest grace that the server takes, so that it gives up before anybody looks at a watch
        await using var gateway = await RunningGateway.StartAsync(host: web => web.ConfigureKestrel(
            server => server.Limits.MinRequestBodyDataRate = new MinDataRate(1 << 10, TimeSpan.FromSeconds(1.1))));
        var request = $"POST /api/v1/memories HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {gateway.AdminKey}\r\n"
            + "Content-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"team\":\"t\",";

        var answer = await RawHttp.SendAsync(gateway.Address, Encoding.ASCII.GetBytes(request));

        Assert.Equal((408, "body_too_slow"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task TheServer_HasTheContractsLimits()
    {
        await using var gateway = await RunningGateway.StartAsync();

        var limits = gateway.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Equal(GatewayLimits.BatchBytesMax, limits.MaxRequestBodySize);
        Assert.Equal(GatewayLimits.HeaderBytesMax, limits.MaxRequestHeadersTotalSize);
        Assert.Equal(GatewayLimits.StreamsMax, limits.Http2.MaxStreamsPerConnection);
        Assert.Equal(GatewayLimits.BodyBytesPerSecondMin, limits.MinRequestBodyDataRate!.BytesPerSecond);
    }
}
