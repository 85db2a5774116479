using System.Threading.RateLimiting;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Metrics;
using MemoryCluster.Gateway.Shedding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using System.Diagnostics.Metrics;

namespace MemoryCluster.Gateway.Tests.Shedding;

/// <summary>A server that works on one request at a time, or on all at once, in virtual time, with a shedder at its door.</summary>
internal sealed class VirtualServer : IDisposable
{
    private static readonly RouteDescription Recall = new()
    {
        Method = "POST", Pattern = "/recall", Summary = "", Tag = "", Scope = KeyScopes.Read, TellsDelay = true,
    };

    private readonly Queue<(TimeSpan Arrived, TimeSpan Ends, HttpContext Context, RateLimitLease Lease)> _inside = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly VirtualClock _clock = new();

    public VirtualServer(Action<SheddingOptions>? configure = null)
    {
        var options = new GatewayOptions();
        configure?.Invoke(options.Shedding);
        Shedder = new LoadShedder(Options.Create(options), _clock, new SheddingInstruments(_services.GetRequiredService<IMeterFactory>()));
    }

    public LoadShedder Shedder { get; }

    /// <summary>What a request takes where nothing waits.</summary>
    public TimeSpan Service { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Whether none waits for another.</summary>
    public bool WorksOnAll { get; set; }

    public int Status { get; set; } = 200;

    public int Answered { get; private set; }

    public int Refused { get; private set; }

    /// <summary>The longest that a request was inside.</summary>
    public TimeSpan Longest { get; private set; }

    public static HttpContext Request(RouteDescription? route = null)
    {
        var context = new DefaultHttpContext();
        context.SetEndpoint(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/recall"), 0, new EndpointMetadataCollection(route ?? Recall), null));
        return context;
    }

    /// <summary>Lets requests arrive at even gaps, and forgets what was counted before.</summary>
    public void Run(double perSecond, TimeSpan duration)
    {
        (Answered, Refused, Longest) = (0, 0, TimeSpan.Zero);
        var began = _clock.Now;
        var lastEnd = _inside.Count == 0 ? began : _inside.Last().Ends;
        for (var number = 0; number < perSecond * duration.TotalSeconds; number++)
        {
            var arrives = began + TimeSpan.FromSeconds(number / perSecond);
            EndUntil(arrives);
            _clock.Now = arrives;
            var context = Request();
            var lease = Shedder.AttemptAcquire(context);
            if (!lease.IsAcquired)
            {
                Refused++;
                continue;
            }

            lastEnd = (lastEnd > arrives && !WorksOnAll ? lastEnd : arrives) + Service;
            _inside.Enqueue((arrives, lastEnd, context, lease));
        }

        EndUntil(began + duration);
        _clock.Now = began + duration;
    }

    public void Dispose()
    {
        Shedder.Dispose();
        _services.Dispose();
    }

    private void EndUntil(TimeSpan moment)
    {
        while (_inside.TryPeek(out var first) && first.Ends <= moment)
        {
            _inside.Dequeue();
            _clock.Now = first.Ends;
            first.Context.Response.StatusCode = Status;
            first.Lease.Dispose();
            Answered++;
            Longest = Longest > first.Ends - first.Arrived ? Longest : first.Ends - first.Arrived;
        }
    }
}
