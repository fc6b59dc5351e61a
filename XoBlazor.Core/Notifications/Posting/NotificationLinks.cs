using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Notifications.Posting;

/// <summary>Where the console has a page for an object, as a path; null where it has none. The faces say so: Core knows no pages.</summary>
public delegate string? NotificationLinks(ObjectKey key, XapiObject about);
