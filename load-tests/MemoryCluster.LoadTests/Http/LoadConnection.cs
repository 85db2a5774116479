using System.Net.Sockets;

namespace MemoryCluster.LoadTests.Http;

/// <summary>
/// One caller's connection, used by one thread that blocks on it. Per request that costs one send, one wake-up and one receive, and
/// nothing is allocated: the generator must not spend what it measures.
/// </summary>
internal sealed class LoadConnection(Uri server) : IDisposable
{
    private static readonly TimeSpan AnswerDelayMax = TimeSpan.FromSeconds(30);

    private byte[] _buffer = new byte[32 * 1024];
    private Socket? _socket;

    /// <summary>Sends a request and waits for its answer, which <see cref="Body"/> reads until the next call.</summary>
    public HttpAnswer Exchange(byte[] request)
    {
        try
        {
            _socket ??= Connect();
            SendAll(_socket, request);
            return Receive(_socket);
        }
        catch
        {
            // What is left of the answer would be read as the next one.
            Dispose();
            throw;
        }
    }

    public ReadOnlySpan<byte> Body(HttpAnswer answer) => _buffer.AsSpan(answer.BodyStart..answer.End);

    /// <summary>Whether the answer says when to come again.</summary>
    public bool HasRetryAfter(HttpAnswer answer) => _buffer.AsSpan(0, answer.BodyStart).IndexOf("\r\nRetry-After: "u8) >= 0;

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private Socket Connect()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = (int)AnswerDelayMax.TotalMilliseconds,
            SendTimeout = (int)AnswerDelayMax.TotalMilliseconds,
        };
        socket.Connect(server.Host, server.Port);
        return socket;
    }

    private static void SendAll(Socket socket, ReadOnlySpan<byte> request)
    {
        while (!request.IsEmpty)
            request = request[socket.Send(request)..];
    }

    private HttpAnswer Receive(Socket socket)
    {
        for (var length = 0; ;)
        {
            if (length == _buffer.Length)
                Array.Resize(ref _buffer, length * 2);
            var received = socket.Receive(_buffer.AsSpan(length));
            if (received == 0)
                throw new IOException("The server closed the connection before its answer was whole.");
            length += received;
            if (HttpResponseReader.TryRead(_buffer.AsSpan(0, length), out var answer))
                return answer;
        }
    }
}
