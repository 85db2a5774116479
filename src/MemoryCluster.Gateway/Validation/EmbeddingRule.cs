using MemoryCluster.Gateway.Problems;

namespace MemoryCluster.Gateway.Validation;

/// <summary>A caller's own vector: of the cluster's model, finite, near unit length; made a unit vector here.</summary>
internal static class EmbeddingRule
{
    private const string Field = "embedding";
    private const double NormMin = 0.5;
    private const double NormMax = 2;

    public static Embedding? Check(IReadOnlyList<float>? values, Principal principal, EmbedderModel? model)
    {
        if (values is null)
        {
            return null;
        }

        if (!principal.Scopes.HasFlag(KeyScopes.Admin))
        {
            throw new RefusalException(Refusals.EmbeddingNotAllowed, "A caller's own vector needs a key with the admin scope. Leave 'embedding' out.", Field);
        }

        ArgumentNullException.ThrowIfNull(model);
        if (values.Count != model.Dimensions)
        {
            throw Invalid($"'embedding' has {values.Count} components where the model '{model.Id}' has {model.Dimensions}.");
        }

        return Normalised([.. values], model);
    }

    private static Embedding Normalised(float[] vector, EmbedderModel model)
    {
        var sum = 0.0;
        foreach (var component in vector)
        {
            sum += (double)component * component;
        }

        if (!double.IsFinite(sum))
        {
            throw Invalid("'embedding' holds a component that is not finite as a 32-bit float.");
        }

        var norm = Math.Sqrt(sum);

        if (norm is < NormMin or > NormMax)
        {
            throw Invalid("'embedding' must have a norm from 0.5 to 2.");
        }

        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = (float)(vector[i] / norm);
        }

        return Embedding.FromVector(model.Id, vector);
    }

    private static RefusalException Invalid(string detail) => new(Refusals.EmbeddingInvalid, detail, Field);
}
