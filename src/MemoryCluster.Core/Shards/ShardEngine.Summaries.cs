using MemoryCluster.Summaries;

namespace MemoryCluster.Shards;

/// <content>Summaries that a model words: said which, asked for outside of any turn, and taken only where they are borne out.</content>
public sealed partial class ShardEngine
{
    /// <summary>Whether the team lets a model word summaries, and some may wait for it.</summary>
    public bool WantsSummaries => _policy.Consolidation.WriteSummaries && _summaries.HasSome;

    /// <summary>The next summary that a model may word, of what is durable and as it stands now; null where there is none.</summary>
    /// <param name="model">Who would word it.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<SummaryProposal?> NextSummaryAsync(string model, CancellationToken cancellationToken)
    {
        if (!_policy.Consolidation.WriteSummaries)
        {
            return _summaries.Next(_policy.Consolidation, model, _clock.GetUtcNow());
        }

        // Confirmed first: what a later owner has deleted is shown to no model.
        await _writer.ConfirmCurrentAsync(cancellationToken);
        return _summaries.Next(_policy.Consolidation, model, _clock.GetUtcNow());
    }

    /// <summary>
    /// Takes what a model worded where its sources bear it out and are what they were; else notes that they do not, and what they say in their own
    /// sentences stands. The same answer a second time changes nothing.
    /// </summary>
    /// <param name="proposal">What was asked.</param>
    /// <param name="model">Who was asked, as <see cref="NextSummaryAsync"/> was told.</param>
    /// <param name="answer">What came.</param>
    /// <param name="embed">Makes an insight's vector.</param>
    /// <param name="cancellationToken">Stops it before anything is written.</param>
    /// <returns>Why it was refused; null where it was not, or where the sources have changed and nothing was written.</returns>
    public async Task<SummaryRefusal?> TakeSummaryAsync(
        SummaryProposal proposal, string model, SummaryAnswer answer, Func<string, CancellationToken, Task<Embedding>> embed, CancellationToken cancellationToken)
    {
        var text = answer.Text.ReplaceLineEndings("\n").Trim();
        var refusal = answer.IsWhole ? SummarySupport.RefusalOf(text, proposal.Request.Sources, proposal.Request.CharsMax) : SummaryRefusal.TooLong;
        var summary = new WrittenSummary
        {
            What = proposal.What, Content = proposal.Content, Sources = proposal.Sources, Text = refusal is null ? text : null, Refusal = refusal,
            // who was asked is who is not asked again; who answered is who is named
            Written = new WrittenMark { Model = refusal is null ? answer.Model : model, At = _clock.GetUtcNow() },
        };
        var embedding = refusal is null && proposal.IsInsight ? await embed(text, cancellationToken) : null;
        return await _writer.SubmitAsync(batch => _summaries.Write(proposal, summary, embedding, batch), cancellationToken) ? refusal : null;
    }
}
