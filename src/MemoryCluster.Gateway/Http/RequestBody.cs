using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using MemoryCluster.Gateway.Problems;
using Microsoft.AspNetCore.Http;

namespace MemoryCluster.Gateway.Http;

/// <summary>A request's body as bytes, in a pooled array.</summary>
internal readonly struct RequestBody(byte[] rented, int length, BodyBudget budget) : IDisposable
{
    // what is announced beyond this is believed when it arrives: a slow sender holds no more than it has sent, twice
    private const int FirstBytesMax = 64 << 10;

    public ReadOnlyMemory<byte> Bytes => rented.AsMemory(0, length);

    public bool IsEmpty => length == 0;

    /// <summary>Reads it whole, or refuses it as soon as it is known to be too long.</summary>
    public static async ValueTask<RequestBody> ReadAsync(HttpRequest request, int bytesMax, BodyBudget budget, CancellationToken cancellationToken)
    {
        ContentRule.Check(request);
        if (request.ContentLength > bytesMax)
        {
            throw TooLarge(bytesMax);
        }

        // one byte more than announced, so that the read that finds the end needs no larger array
        var buffer = budget.Rent((int)Math.Min(request.ContentLength + 1 ?? FirstBytesMax, FirstBytesMax));
        try
        {
            var length = 0;
            while (await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
            {
                length += read;
                if (length > bytesMax)
                {
                    throw TooLarge(bytesMax);
                }

                if (length == buffer.Length)
                {
                    buffer = Grow(buffer, budget);
                }
            }

            return new RequestBody(buffer, length, budget);
        }
        catch
        {
            budget.Return(buffer);
            throw;
        }
    }

    public T Parse<T>(JsonTypeInfo<T> type)
        where T : class => Parse(Bytes.Span, type);

    /// <summary>Reads a body, or a part of one, as the contract's type; every failure is a refusal that names the member.</summary>
    public static T Parse<T>(ReadOnlySpan<byte> bytes, JsonTypeInfo<T> type)
        where T : class
    {
        RequireUtf8(bytes);
        if (bytes.IsEmpty)
        {
            throw new RefusalException(Refusals.JsonInvalid, "The body is empty. Send a JSON object, with its Content-Length or in chunks.");
        }

        try
        {
            return JsonSerializer.Deserialize(bytes, type)
                ?? throw new RefusalException(Refusals.TypeMismatch, "Send a JSON object, not null.");
        }
        catch (JsonException exception)
        {
            throw JsonDiagnosis.Explain(bytes.ToArray(), type, exception);
        }
    }

    public static void RequireUtf8(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            throw new RefusalException(Refusals.JsonInvalid, "The body is not valid UTF-8. Send JSON in UTF-8.");
        }

        if (bytes.StartsWith("\uFEFF"u8))
        {
            throw new RefusalException(Refusals.JsonInvalid, "The body begins with a byte order mark. Send plain UTF-8 without one.");
        }
    }

    public void Dispose() => budget.Return(rented);

    private static byte[] Grow(byte[] full, BodyBudget budget)
    {
        var larger = budget.Rent(2 * full.Length);
        full.CopyTo(larger, 0);
        budget.Return(full);
        return larger;
    }

    private static RefusalException TooLarge(int bytesMax) =>
        new(Refusals.BodyTooLarge, $"The body is over {bytesMax >> 20} MB. Send less at a time.");
}
