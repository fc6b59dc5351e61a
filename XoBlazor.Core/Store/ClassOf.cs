using System.Runtime.CompilerServices;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store;

/// <summary>The XAPI class that a record type stands for.</summary>
internal static class ClassOf<T> where T : XapiObject
{
    public static readonly XapiClass Value = ((XapiObject)RuntimeHelpers.GetUninitializedObject(typeof(T))).Class;
}
