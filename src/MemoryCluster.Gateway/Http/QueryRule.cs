using MemoryCluster.Gateway.Problems;
using Microsoft.AspNetCore.Http;

namespace MemoryCluster.Gateway.Http;

/// <summary>Which query parameters are taken: the route's own, each once.</summary>
internal static class QueryRule
{
    public static void Check(HttpRequest request, ImmutableArray<string> known)
    {
        if (!request.QueryString.HasValue)
        {
            return;
        }

        foreach (var (name, values) in request.Query)
        {
            // the collection looks names up in any case, but the contract's names have one
            if (!known.Contains(name))
            {
                var names = known.IsEmpty ? "none" : string.Join(", ", known);
                throw new RefusalException(Refusals.ParameterUnknown, $"Leave out query parameters that this route does not know. It knows: {names}.");
            }

            if (values.Count > 1)
            {
                throw new RefusalException(Refusals.ParameterDuplicate, $"Give the query parameter '{name}' once.", name);
            }
        }
    }
}
