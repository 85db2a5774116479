using System.Net.Sockets;
using System.Threading.Channels;

namespace MemoryCluster.LoadTests.Proxy;

/// <summary>One way of one connection: reads as fast as the sender sends, up to a limit, and hands on when each piece is due.</summary>
internal sealed class ProxiedWay(Socket from, Socket to, FaultyWay way, TimeProvider clock)
{
    private const int PieceBytes = 16 * 1024;
    private const int PiecesMax = 64;

    private readonly Channel<(byte[] Bytes, long Due)> _pieces = Channel.CreateBounded<(byte[], long)>(PiecesMax);
    private long _lastDue;
    private volatile bool _isEnded;

    /// <summary>Whether bytes of it were thrown away.</summary>
    public bool HasHole { get; private set; }

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(ReadAsync(cancellationToken), HandOnAsync(cancellationToken));

    /// <summary>The receiver is told that nothing more comes, and gets nothing more; the sender learns nothing.</summary>
    public void HalfClose()
    {
        _isEnded = true;
        to.Shutdown(SocketShutdown.Send);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[PieceBytes];
        while (await from.ReceiveAsync(buffer, cancellationToken) is > 0 and var count)
            await _pieces.Writer.WriteAsync((buffer[..count], DueOf(count)), cancellationToken);
        _pieces.Writer.Complete();
    }

    // Never before the piece ahead of it, and no faster than the bandwidth permits.
    private long DueOf(int bytes)
    {
        var now = clock.GetTimestamp();
        var limit = way.Faults.BytesPerSecondMax;
        var spent = limit > 0 ? bytes * clock.TimestampFrequency / limit : 0;
        var arrival = now + (long)(way.DrawDelay().TotalSeconds * clock.TimestampFrequency);
        return _lastDue = Math.Max(arrival, _lastDue) + spent;
    }

    private async Task HandOnAsync(CancellationToken cancellationToken)
    {
        await foreach (var (bytes, due) in _pieces.Reader.ReadAllAsync(cancellationToken))
        {
            if (clock.GetElapsedTime(clock.GetTimestamp(), due) is { Ticks: > 0 } early)
                await Task.Delay(early, clock, cancellationToken);
            await way.WhenWholeAsync(bytes.Length, cancellationToken);
            if (way.Faults.IsDropping)
                Drop(bytes.Length);
            else if (!_isEnded)
                await SendAsync(bytes, cancellationToken);
        }

        await way.WhenWholeAsync(0, cancellationToken);
        if (!_isEnded)
            to.Shutdown(SocketShutdown.Send);
    }

    private void Drop(int bytes)
    {
        HasHole = true;
        way.CountDropped(bytes);
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await to.SendAsync(bytes, cancellationToken)..];
    }
}
