using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MemoryCluster.LoadTests.Proxy;

/// <summary>A link that can be made faulty: whoever connects to <see cref="Address"/> reaches the target through it.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly EndPoint _target;
    private readonly TimeProvider _clock;
    private readonly FaultyWay[] _ways;
    private readonly ConcurrentDictionary<ProxiedConnection, Task> _connections = new();
    private readonly Task _accepting;

    /// <param name="listen">Where it listens; port 0 for a free one.</param>
    /// <param name="random">Of the jitter.</param>
    public FaultProxy(IPAddress listen, EndPoint target, TimeProvider clock, Random random)
    {
        (_target, _clock) = (target, clock);
        _ways = [new FaultyWay(random), new FaultyWay(random)];
        _listener = new TcpListener(listen, 0);
        _listener.Start();
        Address = (IPEndPoint)_listener.LocalEndpoint;
        _accepting = AcceptAsync();
    }

    public IPEndPoint Address { get; }

    public int Connections => _connections.Count;

    public WayFaults this[LinkDirection direction] => _ways[(int)direction].Faults;

    /// <summary>Bytes that wait for a way to be whole.</summary>
    public long HeldBytes(LinkDirection direction) => _ways[(int)direction].HeldBytes;

    /// <summary>Bytes that a way has thrown away so far.</summary>
    public long DroppedBytes(LinkDirection direction) => _ways[(int)direction].DroppedBytes;

    /// <summary>From now on, for connections that there are and that come.</summary>
    public void Set(LinkDirection direction, WayFaults faults) => _ways[(int)direction].Set(faults);

    /// <summary>Both ways.</summary>
    public void Set(WayFaults faults)
    {
        foreach (var way in _ways)
            way.Set(faults);
    }

    /// <summary>Nothing passes either way.</summary>
    public void Cut() => Set(new WayFaults { IsCut = true });

    /// <summary>Nothing passes this way.</summary>
    public void Cut(LinkDirection direction) => Set(direction, new WayFaults { IsCut = true });

    /// <summary>Requests arrive, and their replies do not.</summary>
    public void DropReplies() => Set(LinkDirection.Back, new WayFaults { IsDropping = true });

    /// <summary>Everything is as it should be; connections of which bytes are missing end.</summary>
    public void Heal()
    {
        Set(WayFaults.None);
        foreach (var connection in _connections.Keys.Where(connection => connection.HasHole))
            connection.Kill();
    }

    /// <summary>Of each connection that there is, the receiver of this way is told that nothing more comes; the sender learns nothing.</summary>
    public void HalfClose(LinkDirection direction)
    {
        foreach (var connection in _connections.Keys)
            connection.HalfClose(direction);
    }

    /// <summary>Ends each connection that there is with a reset.</summary>
    public void KillConnections()
    {
        foreach (var connection in _connections.Keys)
            connection.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        KillConnections();
        await Task.WhenAll(_connections.Values);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                Add(await _listener.AcceptSocketAsync());
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // It listens no more.
        }
    }

    private void Add(Socket near)
    {
        var connection = new ProxiedConnection(near, _target, _ways[(int)LinkDirection.Forward], _ways[(int)LinkDirection.Back], _clock);
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = running.Task;
        _ = RunAsync(connection, running);
    }

    private async Task RunAsync(ProxiedConnection connection, TaskCompletionSource running)
    {
        await connection.RunAsync();
        _connections.TryRemove(connection, out _);
        connection.Dispose();
        running.SetResult();
    }
}
