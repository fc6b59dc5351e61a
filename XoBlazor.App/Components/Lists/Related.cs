using XoBlazor.Core.Model;

namespace XoBlazor.App.Components.Lists;

/// <summary>Up to four neighbours of a row's object; compared by instance, because an object that did not change is the same instance.</summary>
public readonly struct Related(XapiObject? a, XapiObject? b = null, XapiObject? c = null, XapiObject? d = null) : IEquatable<Related>
{
    private readonly XapiObject? _a = a, _b = b, _c = c, _d = d;

    public static bool operator ==(Related left, Related right) => left.Equals(right);

    public static bool operator !=(Related left, Related right) => !left.Equals(right);

    public bool Equals(Related other) =>
        ReferenceEquals(_a, other._a) && ReferenceEquals(_b, other._b) && ReferenceEquals(_c, other._c) && ReferenceEquals(_d, other._d);

    public override bool Equals(object? obj) => obj is Related other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_a?.Ref, _b?.Ref, _c?.Ref, _d?.Ref);
}
