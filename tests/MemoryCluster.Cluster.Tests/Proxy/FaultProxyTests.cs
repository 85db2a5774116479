using System.Net;
using System.Net.Sockets;
using System.Text;
using MemoryCluster.Embedders.Tests;
using MemoryCluster.LoadTests.Proxy;

namespace MemoryCluster.Cluster.Tests.Proxy;

/// <summary>Each fault on real sockets, with a clock that the test moves.</summary>
public sealed class FaultProxyTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ManualClock _clock = new();
    private readonly CancellationTokenSource _deadline = new(Patience);
    private readonly TcpListener _target = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _sockets = [];
    private FaultProxy _proxy = null!;

    public Task InitializeAsync()
    {
        _target.Start();
        _proxy = new FaultProxy(IPAddress.Loopback, _target.LocalEndpoint, _clock, new Random(1));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _proxy.DisposeAsync();

    public void Dispose()
    {
        _sockets.ForEach(socket => socket.Dispose());
        _target.Dispose();
        _deadline.Dispose();
    }

    [Fact]
    public async Task WholeLink_PassesBytesAndEnds()
    {
        var (near, far) = await ConnectAsync();

        await SendAsync(near, "question");
        Assert.Equal("question", await ReceiveAsync(far, 8));
        await SendAsync(far, "answer");
        Assert.Equal("answer", await ReceiveAsync(near, 6));
        near.Shutdown(SocketShutdown.Send);
        Assert.Equal("", await ReceiveAsync(far, 1));
        await SendAsync(far, "last");
        far.Shutdown(SocketShutdown.Send);
        Assert.Equal("last", await ReceiveAsync(near, 5));
        await UntilAsync(() => _proxy.Connections == 0);
    }

    [Fact]
    public async Task ManyBytes_ArriveInOrder()
    {
        var (near, far) = await ConnectAsync();
        var bytes = new byte[1_000_000];
        new Random(7).NextBytes(bytes);

        var sending = near.SendAsync(bytes, _deadline.Token).AsTask();
        var received = new byte[bytes.Length];
        for (var count = 0; count < received.Length;)
            count += await far.ReceiveAsync(received.AsMemory(count), _deadline.Token);
        await sending;

        Assert.Equal(bytes, received);
    }

    [Fact]
    public async Task Delay_HoldsEachPiece_UntilItsTime()
    {
        var (near, far) = await ConnectAsync();
        _proxy.Set(LinkDirection.Forward, new WayFaults { Delay = TimeSpan.FromSeconds(5) });

        await SendAsync(near, "late");
        await _clock.TimerSet(TimeSpan.FromSeconds(5)).WaitAsync(_deadline.Token);
        Assert.Equal(0, far.Available);
        await SendAsync(far, "at once");
        Assert.Equal("at once", await ReceiveAsync(near, 7));

        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("late", await ReceiveAsync(far, 4));
    }

    [Fact]
    public async Task Jitter_IsDrawnFromItsRange()
    {
        var way = new FaultyWay(new Random(1));
        way.Set(new WayFaults { Delay = TimeSpan.FromSeconds(1), Jitter = TimeSpan.FromSeconds(2) });

        var delays = Enumerable.Range(0, 1_000).Select(_ => way.DrawDelay().TotalSeconds).ToArray();

        Assert.All(delays, delay => Assert.InRange(delay, 1, 3));
        Assert.InRange(delays.Max() - delays.Min(), 1.9, 2);
        await way.WhenWholeAsync(1, _deadline.Token);
    }

    [Fact]
    public async Task Bandwidth_HoldsAPiece_AsLongAsItsBytesTake()
    {
        var (near, far) = await ConnectAsync();
        _proxy.Set(LinkDirection.Back, new WayFaults { BytesPerSecondMax = 100 });

        await SendAsync(far, new string('x', 250));
        await _clock.TimerSet(TimeSpan.FromSeconds(2.5)).WaitAsync(_deadline.Token);
        Assert.Equal(0, near.Available);

        _clock.Advance(TimeSpan.FromSeconds(2.5));
        Assert.Equal(250, (await ReceiveAsync(near, 250)).Length);
    }

    [Theory]
    [InlineData((int)LinkDirection.Forward)]
    [InlineData((int)LinkDirection.Back)]
    public async Task OneWayCut_HoldsOneWay_AndHealsWithoutALoss(int cut)
    {
        var direction = (LinkDirection)cut;
        var (near, far) = await ConnectAsync();
        var (from, to) = direction == LinkDirection.Forward ? (near, far) : (far, near);
        _proxy.Cut(direction);

        await SendAsync(from, "held");
        await UntilAsync(() => _proxy.HeldBytes(direction) == 4);
        Assert.Equal(0, to.Available);
        await SendAsync(to, "passes");
        Assert.Equal("passes", await ReceiveAsync(from, 6));

        _proxy.Heal();
        Assert.Equal("held", await ReceiveAsync(to, 4));
    }

    [Fact]
    public async Task CutLink_ReachesNobody_UntilItIsWhole()
    {
        _proxy.Cut();
        var near = Keep(new Socket(SocketType.Stream, ProtocolType.Tcp));
        await near.ConnectAsync(_proxy.Address, _deadline.Token);
        await SendAsync(near, "hello");
        await UntilAsync(() => _proxy.Connections == 1);
        Assert.False(_target.Pending());

        _proxy.Heal();
        Assert.Equal("hello", await ReceiveAsync(Keep(await _target.AcceptSocketAsync(_deadline.Token)), 5));
    }

    [Fact]
    public async Task DroppedReplies_NeverArrive_AndTheirConnectionEnds()
    {
        var (near, far) = await ConnectAsync();
        _proxy.DropReplies();

        await SendAsync(near, "question");
        Assert.Equal("question", await ReceiveAsync(far, 8));
        await SendAsync(far, "answer");
        await UntilAsync(() => _proxy.DroppedBytes(LinkDirection.Back) == 6);
        Assert.Equal(0, near.Available);

        _proxy.Heal();
        await AssertResetAsync(near);
        var (again, other) = await ConnectAsync();
        await SendAsync(other, "answer");
        Assert.Equal("answer", await ReceiveAsync(again, 6));
    }

    [Fact]
    public async Task HalfClose_EndsOneWay_AndLeavesTheOther()
    {
        var (near, far) = await ConnectAsync();

        _proxy.HalfClose(LinkDirection.Forward);
        Assert.Equal("", await ReceiveAsync(far, 1));
        await SendAsync(near, "unheard");
        await SendAsync(far, "still here");

        Assert.Equal("still here", await ReceiveAsync(near, 10));
        Assert.Equal(1, _proxy.Connections);
    }

    [Fact]
    public async Task KilledConnections_AreReset_AndOthersMayCome()
    {
        var (near, far) = await ConnectAsync();

        _proxy.KillConnections();
        await AssertResetAsync(near);
        await AssertResetAsync(far);
        var (again, other) = await ConnectAsync();

        await SendAsync(again, "hello");
        Assert.Equal("hello", await ReceiveAsync(other, 5));
    }

    [Fact]
    public async Task TargetThatIsNotThere_ResetsWhoConnects()
    {
        _target.Stop();
        var near = Keep(new Socket(SocketType.Stream, ProtocolType.Tcp));

        await AssertResetAsync(async () =>
        {
            await near.ConnectAsync(_proxy.Address, _deadline.Token);
            await ReceiveAsync(near, 1);
        });
    }

    private async Task<(Socket Near, Socket Far)> ConnectAsync()
    {
        var near = Keep(new Socket(SocketType.Stream, ProtocolType.Tcp));
        await near.ConnectAsync(_proxy.Address, _deadline.Token);
        return (near, Keep(await _target.AcceptSocketAsync(_deadline.Token)));
    }

    private Socket Keep(Socket socket)
    {
        _sockets.Add(socket);
        return socket;
    }

    private async Task SendAsync(Socket socket, string text) => await socket.SendAsync(Encoding.ASCII.GetBytes(text), _deadline.Token);

    /// <summary>So many characters, or less where nothing more comes.</summary>
    private async Task<string> ReceiveAsync(Socket socket, int count)
    {
        var buffer = new byte[count];
        var received = 0;
        while (received < count && await socket.ReceiveAsync(buffer.AsMemory(received), _deadline.Token) is > 0 and var more)
            received += more;
        return Encoding.ASCII.GetString(buffer, 0, received);
    }

    private Task AssertResetAsync(Socket socket) => AssertResetAsync(() => ReceiveAsync(socket, 1));

    private static async Task AssertResetAsync(Func<Task> talk)
    {
        var reset = await Assert.ThrowsAsync<SocketException>(talk);
        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            _deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
