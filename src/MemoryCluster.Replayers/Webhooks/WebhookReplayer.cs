using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MemoryCluster.Replayers;

/// <summary>Has agent-side code replay a run: one signed POST, one bounded answer. Addresses, bodies and secrets stand in no failure.</summary>
/// <param name="http">Follows no redirects, and connects by <see cref="CheckedDial"/>; its own time-out is infinite.</param>
/// <param name="timeout">Time for one request.</param>
/// <param name="clock">Measures it, and dates the signatures.</param>
internal sealed class WebhookReplayer(HttpClient http, TimeSpan timeout, TimeProvider clock) : IReplayer
{
    // An answer has a hundred bytes; this leaves room for what a framework adds.
    private const int AnswerBytesMax = 64 * 1024;

    public async Task<ReplayAnswer> ReplayAsync(ReplayRequest request, ReplayerRecord? replayer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(replayer);
        using var late = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            using var message = MessageFor(request, replayer);
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw Refused(response);
            }

            using var document = JsonDocument.Parse(await ReadAsync(response, either.Token).ConfigureAwait(false));
            return WebhookAnswer.Read(document.RootElement);
        }
        catch (HttpRequestException exception)
        {
            throw CauseOf<AddressRefusedException>(exception) is { } refused
                ? new ReplayException("address_refused", refused.Message, isTransient: false, cause: refused)
                : new ReplayException("connect_failed", $"There was no whole answer ({exception.HttpRequestError}).", isTransient: true, cause: exception);
        }
        catch (IOException exception)
        {
            throw new ReplayException("connect_failed", "The answer broke off.", isTransient: true, cause: exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ReplayException("timed_out", $"There was no whole answer within {timeout}.", isTransient: true, cause: exception);
        }
        catch (JsonException)
        {
            // without its cause, which repeats what it could not read
            throw new ReplayException("answer_invalid", "The answer is no JSON.", isTransient: false);
        }
        catch (FormatException exception)
        {
            throw new ReplayException("answer_invalid", $"Of the answer {exception.Message}.", isTransient: false, cause: exception);
        }
    }

    private HttpRequestMessage MessageFor(ReplayRequest request, ReplayerRecord replayer)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.Body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(replayer.Url)) { Content = content };
        message.Headers.Add("User-Agent", "MemoryCluster");
        WebhookSignature.Sign(message, request, replayer.Secret, clock.GetUtcNow());
        return message;
    }

    private ReplayException Refused(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400)
        {
            return new ReplayException("redirected", "The replayer sent us elsewhere; register it where it is.", isTransient: false);
        }

        var retryAfter = response.Headers.RetryAfter;
        var asked = retryAfter?.Delta ?? (retryAfter?.Date - clock.GetUtcNow());
        return new ReplayException(
            string.Create(CultureInfo.InvariantCulture, $"status_{status}"), $"The replayer answered {status}.",
            response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || status >= 500,
            asked is { } pause && pause > TimeSpan.Zero ? pause : null);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var count = await stream.ReadAsync(bytes.GetMemory(1024), cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                return bytes.WrittenMemory;
            }

            bytes.Advance(count);
            if (bytes.WrittenCount > AnswerBytesMax)
            {
                throw new ReplayException("answer_too_large", $"The answer is over {AnswerBytesMax} bytes.", isTransient: false);
            }
        }
    }

    private static TCause? CauseOf<TCause>(Exception? exception)
        where TCause : Exception => exception is null or TCause ? exception as TCause : CauseOf<TCause>(exception.InnerException);
}
