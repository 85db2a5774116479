using Microsoft.Extensions.AI;

namespace MemoryCluster.Embedders;

/// <summary>Has a language model word summaries.</summary>
/// <param name="chat">The model.</param>
internal sealed class ChatSummaryWriter(IChatClient chat) : ISummaryWriter
{
    // English takes a token for every four characters, other languages for every two.
    private const int CharsPerTokenMin = 2;

    public string Model => Shortened(chat.GetService<ChatClientMetadata>()?.DefaultModelId ?? "");

    public async Task<SummaryAnswer> WriteAsync(SummaryRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var options = new ChatOptions { Temperature = 0, Seed = 0, MaxOutputTokens = Math.Max(1, request.CharsMax / CharsPerTokenMin) };
            var response = await chat.GetResponseAsync(SummaryPrompt.For(request), options, cancellationToken).ConfigureAwait(false);
            return new SummaryAnswer(
                response.Text, response.ModelId is { Length: > 0 } model ? Shortened(model) : Model, response.FinishReason != ChatFinishReason.Length);
        }
#pragma warning disable CA1031 // Any client may stand behind the seam and throw what it likes; the summary stays as it is, and nothing else happens.
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            throw new SummaryException("The language model gave no summary.", exception);
        }
    }

    private static string Shortened(string model) => model.Length > SummaryAnswer.ModelCharsMax ? model[..SummaryAnswer.ModelCharsMax] : model;
}
