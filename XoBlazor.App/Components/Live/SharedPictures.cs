using System.Runtime.CompilerServices;
using XoBlazor.Core.Access;
using XoBlazor.Core.Pools;

namespace XoBlazor.App.Components.Live;

/// <summary>The pictures of the present, one for all circuits that see the same. Safe from any thread.</summary>
public sealed class SharedPictures(LastEvent last, RecentChanges recent, TimeProvider time, PoolFleet? fleet = null)
{
    private readonly ConditionalWeakTable<Sight, StorePictures> _known = [];

    public StorePictures Of(Sight sight) => _known.GetValue(sight, s => new(s, last, recent, time, fleet));
}
