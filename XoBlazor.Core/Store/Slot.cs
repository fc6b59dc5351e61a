using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store;

/// <summary>An object's place in its pool's picture: which class's table and where in it. Stays the same as long as the object lives.</summary>
internal readonly record struct Slot(int Number)
{
    private const int PlaceBits = 24;

    /// <summary>A class holds at most this many objects; a host that sends more is not believed.</summary>
    public const int MostPlaces = 1 << PlaceBits;

    public Slot(XapiClass type, int place) : this(((int)type << PlaceBits) | place) { }

    public XapiClass Class => (XapiClass)(Number >> PlaceBits);

    public int Place => Number & (MostPlaces - 1);
}
