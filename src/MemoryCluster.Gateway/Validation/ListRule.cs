using MemoryCluster.Gateway.Problems;

namespace MemoryCluster.Gateway.Validation;

/// <summary>Refuses lists that are too long or hold nulls, and reads their items.</summary>
internal static class ListRule
{
    public const int TagsMax = 32;
    public const int TagCharsMax = 64;
    public const int ResourcesMax = 32;

    public static ImmutableArray<string> Tags(IReadOnlyList<string>? tags) =>
        Map(tags, TagsMax, "tags", static (tag, field) => TextCheck.Chars(tag, TagCharsMax, field));

    public static ImmutableArray<ResourceId> Resources(IReadOnlyList<string>? resources) => Map(resources, ResourcesMax, "resources", IdRule.Resource);

    public static ImmutableArray<TResult> Map<T, TResult>(IReadOnlyList<T>? items, int countMax, string field, Func<T, string, TResult> read)
    {
        if (items is null)
        {
            return [];
        }

        RequireCount(items.Count, countMax, field);
        var results = ImmutableArray.CreateBuilder<TResult>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            var itemField = $"{field}[{i}]";
            results.Add(items[i] is { } item
                ? read(item, itemField)
                : throw new RefusalException(Refusals.TypeMismatch, $"Give values that are not null in '{field}'.", itemField));
        }

        return results.MoveToImmutable();
    }

    public static void RequireCount(int count, int countMax, string field)
    {
        if (count > countMax)
        {
            throw new RefusalException(Refusals.TooManyItems, $"'{field}' has {count} items where {countMax} are the most.", field);
        }
    }
}
