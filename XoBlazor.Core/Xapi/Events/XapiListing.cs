using System.Collections.Immutable;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Xapi;

/// <summary>All objects of one class, as <c>get_all_records</c> tells them.</summary>
public sealed record XapiListing(ImmutableArray<XapiObject> Objects, ImmutableArray<UnreadableRecord> Unreadable);
