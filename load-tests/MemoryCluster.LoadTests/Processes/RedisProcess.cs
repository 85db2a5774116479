using System.Net.Sockets;

namespace MemoryCluster.LoadTests.Processes;

/// <summary>A Redis of ours that syncs every write, on a port and in a folder of its own.</summary>
internal sealed class RedisProcess : ChildProcess, IProbe
{
    private static readonly TimeSpan ReadyDelayMax = TimeSpan.FromSeconds(20);

    private readonly string _folder;
    private readonly int _port;

    private RedisProcess(string folder, int port)
        : base(RedisProgram.Name, RedisProgram.Arguments(folder, port)) => (_folder, _port) = (folder, port);

    public string ConnectionString => $"127.0.0.1:{_port}";

    public static async Task<RedisProcess> StartAsync(string folder, TimeProvider clock, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var redis = new RedisProcess(folder, LoopbackPort.Free());
        return await redis.StartedAsync(redis, ReadyDelayMax, clock, cancellationToken);
    }

    /// <summary>Starts it again after it was killed, on its port and with what it had stored.</summary>
    public async Task<RedisProcess> AgainAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        await DisposeAsync();
        var redis = new RedisProcess(_folder, _port);
        return await redis.StartedAsync(redis, ReadyDelayMax, clock, cancellationToken);
    }

    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", _port, cancellationToken);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
            var answer = new byte[5];
            await client.GetStream().ReadExactlyAsync(answer, cancellationToken);
            return answer.AsSpan().SequenceEqual("+PONG"u8);
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return false;
        }
    }
}
