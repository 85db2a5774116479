using System.Net;
using System.Net.Sockets;

namespace MemoryCluster.LoadTests.Proxy;

/// <summary>One connection through a proxy: two sockets and the two ways between them.</summary>
internal sealed class ProxiedConnection : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Socket _near;
    private readonly Socket _far = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly EndPoint _target;
    private readonly FaultyWay _forward;
    private readonly ProxiedWay[] _ways;

    public ProxiedConnection(Socket near, EndPoint target, FaultyWay forward, FaultyWay back, TimeProvider clock)
    {
        (_near, _target, _forward) = (near, target, forward);
        _near.NoDelay = true;
        _ways = [new ProxiedWay(_near, _far, forward, clock), new ProxiedWay(_far, _near, back, clock)];
    }

    public bool HasHole => _ways.Any(way => way.HasHole);

    /// <summary>Until both sides have said all, or it was killed, or one of them broke off.</summary>
    public async Task RunAsync()
    {
        try
        {
            // Who connects over a cut link is answered by our own kernel and not by the one behind; that one learns of it when the link is whole.
            await _forward.WhenWholeAsync(0, _end.Token);
            await _far.ConnectAsync(_target, _end.Token);
            await Task.WhenAll(_ways.Select(EndedAsync));
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // A reset is passed on as one.
            Reset(_near);
            Reset(_far);
        }
    }

    public void HalfClose(LinkDirection direction)
    {
        try
        {
            _ways[(int)direction].HalfClose();
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Both sides get a reset.</summary>
    public void Kill()
    {
        try
        {
            _end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    public void Dispose()
    {
        _end.Dispose();
        _near.Dispose();
        _far.Dispose();
    }

    // A way that breaks ends the other one too.
    private async Task EndedAsync(ProxiedWay way)
    {
        try
        {
            await way.RunAsync(_end.Token);
        }
        catch
        {
            await _end.CancelAsync();
            throw;
        }
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Dispose();
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // It is gone.
        }
    }
}
