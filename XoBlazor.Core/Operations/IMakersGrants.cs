using XoBlazor.Core.Access;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations;

/// <summary>Where whoever made an object is given rights on it; grants are kept outside of Core. Safe from any thread.</summary>
public interface IMakersGrants
{
    /// <summary>Gives the maker roles, by id, on the object. They hold when this ends.</summary>
    /// <returns>Null, or why it could not be done, for people.</returns>
    Task<string?> GiveAsync(Requester maker, ObjectKey made, IReadOnlyList<string> roles, CancellationToken token);
}
