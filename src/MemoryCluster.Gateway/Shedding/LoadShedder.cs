using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Gateway.Shedding;

/// <summary>
/// Lets requests in while those inside do not wait too long, as the limiter of ASP.NET's rate limiting. It has no queue of its own: who is let in
/// waits inside, where the work is, and whoever is refused knows at once. Routes without a key, health and metrics, always pass.
/// </summary>
internal sealed class LoadShedder(IOptions<GatewayOptions> options, TimeProvider clock, SheddingInstruments instruments) : PartitionedRateLimiter<HttpContext>
{
    // A window without enough requests to judge by ends after so many intervals.
    private const int IntervalsMax = 10;

    // How long a least time is believed at least; twice that at most.
    private static readonly TimeSpan LeastKept = TimeSpan.FromSeconds(30);

    private static readonly RateLimitLease Exempt = new EmptyLease(isAcquired: true);
    private static readonly RateLimitLease Refused = new EmptyLease(isAcquired: false);

    private readonly SheddingOptions _options = options.Value.Shedding;
    private readonly AdaptiveLimit _limit = new(options.Value.Shedding.ConcurrencyMin, options.Value.Shedding.ConcurrencyMax);
    private readonly ConcurrentDictionary<object, RouteTime> _routes = new(ReferenceEqualityComparer.Instance);
    private readonly Lock _closing = new();

    private int _inFlight;
    private int _inFlightMost;
    private int _measured;
    private int _late;
    private long _windowBegan = clock.GetTimestamp();
    private TimeSpan _calm;

    /// <summary>Requests that may be inside together now.</summary>
    public int Limit => _limit.Value;

    /// <summary>Requests that are inside.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    public override RateLimiterStatistics GetStatistics(HttpContext resource) =>
        new() { CurrentAvailablePermits = Math.Max(0, Limit - InFlight), CurrentQueuedCount = 0 };

    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount)
    {
        if (resource.GetEndpoint()?.Metadata.GetMetadata<RouteDescription>() is not { Scope: not KeyScopes.None } route)
        {
            return Exempt;
        }

        var now = clock.GetTimestamp();
        CloseWindowIfOver(now);
        var inFlight = Interlocked.Increment(ref _inFlight);
        if (inFlight > Limit)
        {
            Interlocked.Decrement(ref _inFlight);
            return Refused;
        }

        // A race loses a peak by one or two, which a tenth of it swallows.
        if (inFlight > Volatile.Read(ref _inFlightMost))
        {
            Volatile.Write(ref _inFlightMost, inFlight);
        }

        return new RequestLease(this, resource, route, now);
    }

    // The middleware asks here after a refusal, for those limiters that let wait: the second answer is the one that counts.
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(HttpContext context, int permitCount, CancellationToken cancellationToken)
    {
        var lease = AttemptAcquireCore(context, permitCount);
        if (!lease.IsAcquired)
        {
            instruments.OnShed(context.GetEndpoint()!.Metadata.GetMetadata<RouteDescription>()!);
        }

        return ValueTask.FromResult(lease);
    }

    private void Release(RouteDescription route, long began, int status)
    {
        Interlocked.Decrement(ref _inFlight);
        var now = clock.GetTimestamp();
        // A fault tells of what is broken and not of waiting: a silo that died must not have its neighbours' requests refused. A refusal took no work.
        if (route.TellsDelay && status < StatusCodes.Status300MultipleChoices)
        {
            var delay = _routes.GetOrAdd(route, static _ => new RouteTime()).Record(clock.GetElapsedTime(began, now));
            Interlocked.Increment(ref _measured);
            if (delay > _options.DelayTarget)
            {
                Interlocked.Increment(ref _late);
            }
        }

        CloseWindowIfOver(now);
    }

    private void CloseWindowIfOver(long now)
    {
        if (clock.GetElapsedTime(Volatile.Read(ref _windowBegan), now) < _options.Interval || !_closing.TryEnter())
        {
            return;
        }

        try
        {
            // Where few requests end, a window lasts until there are enough to judge by, within bounds.
            var length = clock.GetElapsedTime(_windowBegan, now);
            if (length >= _options.Interval && (Volatile.Read(ref _measured) >= AdaptiveLimit.MeasuredMin || length >= _options.Interval * IntervalsMax))
            {
                CloseWindow(now, length);
            }
        }
        finally
        {
            _closing.Exit();
        }
    }

    private void CloseWindow(long now, TimeSpan length)
    {
        var window = new DelayWindow(Interlocked.Exchange(ref _measured, 0), Interlocked.Exchange(ref _late, 0), Interlocked.Exchange(ref _inFlightMost, InFlight));
        Volatile.Write(ref _windowBegan, now);
        var isReached = window.InFlightMost >= Limit;
        var isOverload = _limit.Close(window);
        instruments.OnWindow(Limit, window.InFlightMost, window.Measured == 0 ? 0 : (double)window.Late / window.Measured);
        // Where the limit is reached, what requests take has waiting in it: to forget what they took before would let the target run away. With as few
        // inside as there ever are, it is the best that can be known (Envoy's adaptive concurrency narrows its limit on purpose for that).
        _calm += (isOverload || isReached) && !_limit.IsLowest ? TimeSpan.Zero : length;
        var turns = _calm >= LeastKept;
        if (turns)
        {
            _calm = TimeSpan.Zero;
        }

        foreach (var route in _routes.Values)
        {
            route.CloseWindow();
            if (turns)
            {
                route.Turn();
            }
        }
    }

    private sealed class RequestLease(LoadShedder shedder, HttpContext context, RouteDescription route, long began) : RateLimitLease
    {
        private int _isReleased;

        public override bool IsAcquired => true;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (Interlocked.Exchange(ref _isReleased, 1) == 0)
            {
                shedder.Release(route, began, context.Response.StatusCode);
            }

            base.Dispose(disposing);
        }
    }

    private sealed class EmptyLease(bool isAcquired) : RateLimitLease
    {
        public override bool IsAcquired => isAcquired;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}
