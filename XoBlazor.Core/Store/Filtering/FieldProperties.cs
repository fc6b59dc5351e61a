using System.Collections.Immutable;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>Makes a filter property of every field of a class, under its wire name.</summary>
internal static class FieldProperties
{
    public static IEnumerable<FilterProperty> Of(XapiClass type)
    {
        var record = typeof(XapiObject).Assembly.GetType($"{typeof(XapiObject).Namespace}.{type}", throwOnError: true)!;
        foreach (var field in XapiCodec.For(type).Fields)
        {
            var property = record.GetProperty(field.Name)!;
            var make = typeof(FieldProperties).GetMethod(nameof(Make), BindingFlags.NonPublic | BindingFlags.Static)!;
            if (make.MakeGenericMethod(property.PropertyType).Invoke(null, [type, field, property]) is FilterProperty made)
                yield return made;
        }
    }

    private static FilterProperty? Make<T>(XapiClass source, XapiField field, PropertyInfo property) => Getter<T>(property) switch
    {
        Func<XapiObject, string> get => new TextProperty(field.Wire, get),
        Func<XapiObject, long> get => new NumberProperty(field.Wire, o => get(o)),
        Func<XapiObject, double> get => new NumberProperty(field.Wire, o => get(o)),
        Func<XapiObject, bool> get => new TruthProperty(field.Wire, o => get(o)),
        Func<XapiObject, DateTimeOffset> get => new TimeProperty(field.Wire, get),
        Func<XapiObject, ImmutableArray<string>> get => new ArrayProperty(field.Wire, get),
        Func<XapiObject, XenMap<string, string>> get => new MapProperty(field.Wire, get),
        var get => MakeGeneric(source, field, get, typeof(T)),
    };

    private static FilterProperty? MakeGeneric(XapiClass source, XapiField field, object get, Type type)
    {
        var method = type.IsEnum ? nameof(Choice)
            : Is(type, typeof(EnumSet<>)) ? nameof(Choices)
            : Is(type, typeof(XenRef<>)) ? nameof(One)
            : Is(type, typeof(ImmutableArray<>)) && Is(type.GenericTypeArguments[0], typeof(XenRef<>)) ? nameof(Many)
            : Is(type, typeof(XenMap<,>)) ? nameof(Map)
            : null;
        if (method is null)
            return null;
        Type[] arguments = method switch
        {
            nameof(Choice) => [type],
            nameof(Many) => [type.GenericTypeArguments[0].GenericTypeArguments[0]],
            _ => type.GenericTypeArguments,
        };
        return (FilterProperty)typeof(FieldProperties).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(arguments).Invoke(null, [source, field, get])!;
    }

    private static TextProperty Choice<T>(XapiClass source, XapiField field, Func<XapiObject, T> get) where T : struct, Enum =>
        new(field.Wire, o => EnumText<T>.Wire(get(o)), isExact: false, Words<T>());

    private static ListProperty Choices<T>(XapiClass source, XapiField field, Func<XapiObject, EnumSet<T>> get) where T : struct, Enum =>
        new(field.Wire, o => get(o).Select(EnumText<T>.Wire), Words<T>());

    private static ObjectProperty One<T>(XapiClass source, XapiField field, Func<XapiObject, XenRef<T>> get) where T : XapiObject =>
        new(field.Wire, new(ClassOf<T>.Value, source, field.Index, (p, o) => (XapiObject?)p.Get(get(o))));

    private static ObjectProperty Many<T>(XapiClass source, XapiField field, Func<XapiObject, ImmutableArray<XenRef<T>>> get) where T : XapiObject =>
        new(field.Wire, new(ClassOf<T>.Value, source, field.Index, (PoolPicture p, XapiObject o) => (IEnumerable<XapiObject>)p.Get(get(o))));

    /// <summary>Maps that are not of texts are searched by the texts of their keys and values.</summary>
    private static ListProperty Map<TKey, TValue>(XapiClass source, XapiField field, Func<XapiObject, XenMap<TKey, TValue>> get) where TKey : notnull =>
        new(field.Wire, o => get(o).Select(e => $"{WordOf<TKey>.Read(e.Key)} {WordOf<TValue>.Read(e.Value)}"));

    private static ImmutableArray<string> Words<T>() where T : struct, Enum => [.. Enum.GetValues<T>().Skip(1).Select(EnumText<T>.Wire)];

    private static Func<XapiObject, T> Getter<T>(PropertyInfo property)
    {
        var value = Expression.Parameter(typeof(XapiObject));
        return Expression.Lambda<Func<XapiObject, T>>(Expression.Property(Expression.Convert(value, property.DeclaringType!), property), value).Compile();
    }

    private static bool Is(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    private static class WordOf<T>
    {
        public static readonly Func<T, string> Read = typeof(T).IsEnum
            ? typeof(EnumText<>).MakeGenericType(typeof(T)).GetMethod(nameof(EnumText<VmPowerState>.Wire))!.CreateDelegate<Func<T, string>>()
            : static value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
    }
}
