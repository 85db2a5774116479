using Orleans.Runtime;

namespace Orleans;

/// <summary>Identities of grains and of references to them.</summary>
public static class GrainExtensions
{
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        GrainReference reference => reference.GrainId,
        IGrainBase grainBase => grainBase.GrainContext.GrainId,
        _ => throw new ArgumentException($"{grain?.GetType().ToString() ?? "null"} is neither a grain nor a reference to one.", nameof(grain)),
    };

    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    /// <summary>A reference to the same grain by another of its interfaces.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) => grain switch
    {
        TGrainInterface typed when grain is GrainReference => typed,
        GrainReference reference => reference.Cast<TGrainInterface>(),
        IGrainBase grainBase => grainBase.GrainContext.GrainReference.Cast<TGrainInterface>(),
        _ => throw new ArgumentException($"{grain?.GetType().ToString() ?? "null"} is neither a grain nor a reference to one.", nameof(grain)),
    };

    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();
}
