using System.Diagnostics.Metrics;
using MemoryCluster.Gateway;
using MemoryCluster.Host.Serving;
using StackExchange.Redis;

namespace MemoryCluster.Host.Engine;

/// <summary>
/// A silo's proof that it reaches Redis: a key that it renews every second. Without a renewal for five seconds it is not ready. Its
/// shards refuse by themselves what they cannot confirm (docs/adr/0002); this keeps new requests away.
/// </summary>
internal sealed partial class RedisLease(ServeOptions options, TimeProvider clock, IMeterFactory meters, ILogger<RedisLease> logger)
    : BackgroundService, IReadinessCheck
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ValidFor = TimeSpan.FromSeconds(5);

    private long _renewedAt;
    private bool _isHeld;

    public bool IsReady => Volatile.Read(ref _renewedAt) is not 0 and var at && clock.GetElapsedTime(at) < ValidFor;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        meters.Create("MemoryCluster.Host").CreateObservableGauge(
            "memorycluster.redis.lease", () => IsReady ? 1 : 0, description: "1 while this silo proves to reach Redis, 0 while it does not and is not ready");
        var settings = ConfigurationOptions.Parse(options.Redis!);
        settings.AbortOnConnectFail = false;
        await using var redis = await ConnectionMultiplexer.ConnectAsync(settings);
        var key = $"{{mc:{options.Cluster}}}:lease:{options.Advertise}:{options.SiloPort}";
        await RenewAsync(redis.GetDatabase(), key);
        using var timer = new PeriodicTimer(RenewEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RenewAsync(redis.GetDatabase(), key);
        }
    }

    private async Task RenewAsync(IDatabase redis, string key)
    {
        // Measured from before the writing: what is answered late was valid for less.
        var began = clock.GetTimestamp();
        try
        {
            await redis.StringSetAsync(key, Environment.ProcessId, ValidFor).WaitAsync(ValidFor, clock);
            Volatile.Write(ref _renewedAt, began);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Whatever broke the connection: it must not end the silo. Told once per loss, below.
        }

        if (IsReady != _isHeld)
        {
            _isHeld = !_isHeld;
            if (_isHeld)
            {
                LogHeld();
            }
            else
            {
                LogLost();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis answers: this silo is ready.")]
    private partial void LogHeld();

    [LoggerMessage(Level = LogLevel.Error, Message = "Redis has not answered for five seconds: this silo is not ready.")]
    private partial void LogLost();
}
