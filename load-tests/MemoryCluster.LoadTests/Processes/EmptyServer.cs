using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.LoadTests.Processes;

/// <summary>The HTTP floor: an ASP.NET endpoint that does nothing, in a process of its own as the host is.</summary>
internal sealed class EmptyServer : ChildProcess
{
    public const string Command = "empty-server";
    public const string Path = "/empty";

    private static readonly TimeSpan ReadyDelayMax = TimeSpan.FromSeconds(20);

    private EmptyServer(int port)
        : base("dotnet", [typeof(EmptyServer).Assembly.Location, Command, $"{port}"]) => Url = new Uri($"http://127.0.0.1:{port}");

    public Uri Url { get; }

    public static async Task<EmptyServer> StartAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        var server = new EmptyServer(LoopbackPort.Free());
        return await server.StartedAsync(new HttpProbe(new Uri(server.Url, Path)), ReadyDelayMax, clock, cancellationToken);
    }

    /// <summary>What the child process runs.</summary>
    public static async Task ServeAsync(int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        await using var app = builder.Build();
        app.MapGet(Path, () => Results.Ok());
        await app.StartAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
    }
}
