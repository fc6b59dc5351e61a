using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store;

/// <summary>An object that holds a reference, and the field it stands in.</summary>
public readonly record struct Referrer(XapiObject Object, XapiField Field);
