using MemoryCluster.Gateway.Access;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;
using MemoryCluster.Gateway.Validation;

namespace MemoryCluster.Gateway.Resources;

/// <summary>Reads what a caller wants kept.</summary>
internal static class DraftReader
{
    public const int TextBytesMax = 32_768;

    /// <param name="model">What a caller's own vector must be of.</param>
    public static Draft Read(RememberRequest request, in Call call, EmbedderModel? model)
    {
        var user = Binding.User(call.Principal, request.User);
        var draft = new MemoryDraft
        {
            Text = TextCheck.Bytes(request.Text, TextBytesMax, "text"),
            Kind = request.Kind ?? MemoryKind.Fact,
            Visibility = VisibilityOf(request.Visibility, user),
            User = user,
            Run = request.Run is null ? null : IdRule.Run(request.Run, "run"),
            Tags = ListRule.Tags(request.Tags),
            Metadata = MetadataRule.Check(request.Metadata),
            Resources = ListRule.Resources(request.Resources),
            Source = SourceRule.Check(request.Source),
            OccurredAt = TimeRule.Past(request.OccurredAt, call.Now, "occurredAt"),
            ValidFrom = TimeRule.Any(request.ValidFrom, "validFrom"),
            ValidTo = TimeRule.Any(request.ValidTo, "validTo"),
            ExpiresAt = TimeRule.Expiry(request.ExpiresAt, call.Now, "expiresAt"),
            Embedding = EmbeddingRule.Check(request.Embedding, call.Principal, model),
            WrittenBy = call.Principal.Key,
        };
        TimeRule.Ordered(draft.ValidFrom, draft.ValidTo, "validFrom", "validTo");
        return new Draft(Binding.RequireTeam(call.Principal, request.Team), Binding.RequireAgent(call.Principal, request.Agent), draft);
    }

    private static Visibility VisibilityOf(Visibility? visibility, UserId? user) =>
        visibility == Visibility.Private && user is null
            ? throw new RefusalException(Refusals.UserRequired, "A private memory belongs to a user: give 'user', or another visibility.", "user")
            : visibility ?? Visibility.Team;
}
