namespace MemoryCluster.Architecture.Tests;

/// <summary>What crosses between grains never changes after it was sent, and keeps its name and numbers.</summary>
public sealed class WireTests
{
    private static readonly Type[] Vocabulary = Product.Load("Abstractions").GetTypes();

    private static readonly Type[] Plain =
    [
        typeof(string), typeof(Guid), typeof(DateTimeOffset), typeof(TimeSpan), typeof(decimal), typeof(CancellationToken), typeof(ReadOnlyMemory<byte>),
    ];

    public static TheoryData<string> GrainInterfaces =>
        [.. Vocabulary.Where(type => type.IsInterface && typeof(IGrainWithStringKey).IsAssignableFrom(type)).Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(GrainInterfaces))]
    public void GrainInterface_SpeaksOnlyOfImmutableThings(string name)
    {
        var seen = new HashSet<Type>();
        foreach (var method in Find(name).GetMethods())
        {
            Check(method.ReturnType, $"{name}.{method.Name}", seen);
            Assert.All(method.GetParameters(), parameter => Check(parameter.ParameterType, $"{name}.{method.Name}({parameter.Name})", seen));
        }
    }

    [Theory]
    [MemberData(nameof(GrainInterfaces))]
    public void GrainMethod_TakesACancellationTokenLast(string name) => Assert.All(
        Find(name).GetMethods(),
        method => Assert.Equal(typeof(CancellationToken), method.GetParameters()[^1].ParameterType));

    [Fact]
    public void SerialisedType_HasAnAliasOfItsOwn()
    {
        var aliases = Vocabulary
            .Where(type => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false) && !IsGenerated(type))
            .Select(type => (type, alias: type.GetCustomAttributes<AliasAttribute>(inherit: false).SingleOrDefault()?.Alias))
            .ToArray();

        Assert.All(aliases, pair => Assert.StartsWith("mc.", pair.alias, StringComparison.Ordinal));
        Assert.Equal(aliases.Length, aliases.Select(pair => pair.alias).Distinct().Count());
        // Orleans reads the name of a generic type with its arity, or it reads nothing behind it.
        Assert.All(aliases, pair => Assert.Equal(pair.type.IsGenericTypeDefinition ? $"`{pair.type.GetGenericArguments().Length}" : "", ArityIn(pair.alias!)));
    }

    private static string ArityIn(string alias) => alias.IndexOf('`', StringComparison.Ordinal) is >= 0 and var at ? alias[at..] : "";

    [Fact]
    public void SerialisedMember_HasANumberOfItsOwn() => Assert.All(
        Vocabulary.Where(type => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false) && !IsGenerated(type)),
        type =>
        {
            var ids = type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Select(property => property.GetCustomAttribute<IdAttribute>()?.Id)
                .OfType<uint>()
                .ToArray();
            Assert.Equal(ids.Length, ids.Distinct().Count());
        });

    [Fact]
    public void Id_IsAReadOnlyRecordStruct()
    {
        var ids = Vocabulary.Where(type => type.IsValueType && type.Namespace == "MemoryCluster" && type.Name.EndsWith("Id", StringComparison.Ordinal)).ToArray();

        Assert.True(ids.Length >= 10);
        Assert.All(ids, id =>
        {
            Assert.True(id.IsDefined(typeof(System.Runtime.CompilerServices.IsReadOnlyAttribute), inherit: false), $"{id} is not read-only.");
            Assert.True(typeof(IEquatable<>).MakeGenericType(id).IsAssignableFrom(id), $"{id} is no record.");
        });
    }

    [Fact]
    public void EnumMember0_IsNothingInParticular() => Assert.All(
        Vocabulary.Where(type => type.IsEnum),
        type => Assert.Contains(Enum.GetName(type, 0), new[] { "None", "Unspecified" }));

    private static Type Find(string name) => Array.Find(Vocabulary, type => type.FullName == name)!;

    private static bool IsGenerated(Type type) => type.Namespace?.StartsWith("OrleansCodeGen", StringComparison.Ordinal) == true;

    private static void Check(Type type, string where, HashSet<Type> seen)
    {
        if (type == typeof(Task) || type.IsPrimitive || type.IsEnum || Plain.Contains(type) || type.IsGenericParameter || !seen.Add(type))
        {
            return;
        }

        if (type.IsGenericType)
        {
            Assert.All(type.GetGenericArguments(), argument => Check(argument, where, seen));
            var open = type.GetGenericTypeDefinition();
            if (open == typeof(Task<>) || open == typeof(Nullable<>) || open.Namespace == "System.Collections.Immutable")
            {
                return;
            }
        }

        Assert.True(type.IsDefined(typeof(ImmutableAttribute), inherit: false), $"{type} in {where} is not [Immutable].");
        Assert.True(type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false), $"{type} in {where} has no serializer.");
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            Assert.False(IsSettable(property), $"{type}.{property.Name} in {where} can be set.");
            if (property.IsDefined(typeof(IdAttribute)))
            {
                Check(property.PropertyType, $"{where}: {type.Name}.{property.Name}", seen);
            }
        }
    }

    private static bool IsSettable(PropertyInfo property) =>
        property.SetMethod is { IsPublic: true } setter
        && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));
}
