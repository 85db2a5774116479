using Microsoft.Extensions.AI;

namespace MemoryCluster.Replayers;

/// <summary>
/// Puts a run's task to the configured language model, once for each of the run's seeds, and scores the answers against the right one. The reward
/// is the mean F1, the tokens are those of all.
/// </summary>
/// <param name="chat">The model.</param>
/// <param name="clock">Measures how long it takes.</param>
internal sealed class ChatReplayer(IChatClient chat, TimeProvider clock) : IReplayer
{
    // Runs carry one seed as a rule; a model is asked no more often than this for one replay.
    private const int SeedsMax = 4;
    private const int AnswerTokensMax = 256;
    private const int CharsPerToken = 4;

    public async Task<ReplayAnswer> ReplayAsync(ReplayRequest request, ReplayerRecord? replayer, CancellationToken cancellationToken)
    {
        var expected = request.Expected ?? throw new ReplayException("expected_missing", "Of this run nobody knows the right answer.", isTransient: false);
        var prompt = ChatPrompt.For(request);
        var (reward, tokens, asked) = (0.0, 0L, 0);
        string? version = null;
        var begun = clock.GetTimestamp();
        foreach (var seed in request.Seeds.Take(SeedsMax).DefaultIfEmpty(0))
        {
            var response = await AskAsync(prompt, seed, cancellationToken).ConfigureAwait(false);
            reward += AnswerScore.F1(response.Text, expected);
            tokens += TokensOf(response, prompt);
            version = response.ModelId ?? chat.GetService<ChatClientMetadata>()?.DefaultModelId ?? version;
            asked++;
        }

        return new ReplayAnswer(reward / asked, tokens, clock.GetElapsedTime(begun).TotalMilliseconds, Shortened(version));
    }

    private async Task<ChatResponse> AskAsync(IList<ChatMessage> prompt, long seed, CancellationToken cancellationToken)
    {
        try
        {
            var options = new ChatOptions { Temperature = 0, Seed = seed, MaxOutputTokens = AnswerTokensMax };
            return await chat.GetResponseAsync(prompt, options, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Any client may stand behind the seam and throw what it likes; the replay fails, and nothing else.
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            throw new ReplayException("chat_failed", "The language model gave no answer.", isTransient: true, cause: exception);
        }
    }

    // Services that count nothing are counted by the length of what they read and wrote.
    private static long TokensOf(ChatResponse response, IList<ChatMessage> prompt) =>
        response.Usage?.TotalTokenCount ?? ((prompt.Sum(message => message.Text.Length) + response.Text.Length) / CharsPerToken);

    private static string? Shortened(string? version) =>
        version is { Length: > ReplayAnswer.VersionCharsMax } ? version[..ReplayAnswer.VersionCharsMax] : version;
}
