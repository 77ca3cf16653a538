//! Imports go down only. The order of the core's modules stands here and nowhere else; every path of every file is held against it, and
//! no two files may need each other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::visit::Visit;

/// From the ground up: a module may name those before it, and itself.
const ORDER: &[&str] = &[
    "error",
    "tagged",
    "math",
    "wgsl",
    "nn",
    "bijections",
    "targets",
    "models",
    "training",
    "diagnostics",
    "baselines",
    "experiment",
    "session",
    "density_model",
    "backend",
    "gpu",
    "manifest",
    "bindings",
];

/// A file's paths into the crate: those that it re-exports, and all others.
#[derive(Default)]
struct Paths {
    used: Vec<Vec<String>>,
    exported: Vec<Vec<String>>,
}

impl Paths {
    fn of_tree(tree: &syn::UseTree, prefix: &[String], into: &mut Vec<Vec<String>>) {
        let with = |name: &syn::Ident| [prefix, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => Self::of_tree(&path.tree, &with(&path.ident), into),
            syn::UseTree::Name(name) => into.push(with(&name.ident)),
            syn::UseTree::Rename(rename) => into.push(with(&rename.ident)),
            syn::UseTree::Glob(_) => into.push(prefix.to_vec()),
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|tree| Self::of_tree(tree, prefix, into))
            }
        }
    }
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let public = matches!(item.vis, syn::Visibility::Public(_));
        Self::of_tree(&item.tree, &[], if public { &mut self.exported } else { &mut self.used });
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.used.push(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        syn::visit::visit_path(self, path);
    }

    /// Tests may look up: they stand beside what they test.
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let test =
            item.attrs.iter().any(|a| a.meta.require_list().is_ok_and(|m| m.tokens.to_string() == "test"));
        if !test {
            syn::visit::visit_item_mod(self, item);
        }
    }
}

/// Where a file stands in the crate, `["models", "flow"]`; a `mod.rs` is its folder.
fn module_of(file: &Path, src: &Path) -> Vec<String> {
    let inner = file.strip_prefix(src).expect("a file of src").with_extension("");
    let mut parts: Vec<String> = inner.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if parts.last().is_some_and(|last| last == "mod" || last == "lib") {
        parts.pop();
    }
    parts
}

fn rust_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            rust_files(&entry, into);
        } else if entry.extension().is_some_and(|ending| ending == "rs") {
            into.push(entry);
        }
    }
}

type Module = Vec<String>;

/// The absolute form of a path written in `module`; `None` where it leaves the crate.
fn absolute(path: &[String], module: &Module, folder: bool, children: &BTreeSet<Module>) -> Option<Module> {
    let mut here: Vec<String> = module.clone();
    match path.first().map(String::as_str)? {
        "crate" => Some(path[1..].to_vec()),
        "self" => Some([here.as_slice(), &path[1..]].concat()),
        "super" => {
            let ups = path.iter().take_while(|part| *part == "super").count();
            here.truncate(here.len().checked_sub(ups)?);
            Some([here.as_slice(), &path[ups..]].concat())
        }
        first => {
            let child = [module.as_slice(), &[first.to_owned()]].concat();
            (folder && children.contains(&child)).then(|| [module.as_slice(), path].concat())
        }
    }
}

/// Who needs whom, by file, with re-exports followed to where a name is defined.
fn needs() -> BTreeMap<Module, BTreeSet<Module>> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    let modules: BTreeSet<Module> = files.iter().map(|file| module_of(file, &src)).collect();
    let (mut exports, mut used) = (BTreeMap::<Module, Module>::new(), BTreeMap::<Module, Vec<Module>>::new());
    for file in &files {
        let (module, folder) = (module_of(file, &src), file.ends_with("mod.rs"));
        let parsed = syn::parse_file(&std::fs::read_to_string(file).expect("a readable file")).expect("Rust");
        let mut paths = Paths::default();
        paths.visit_file(&parsed);
        for path in &paths.exported {
            let Some(path) = absolute(path, &module, folder, &modules) else { continue };
            let name = path.last().cloned().into_iter().collect::<Vec<_>>();
            exports.insert([module.as_slice(), &name].concat(), path);
        }
        let absolute = paths.used.iter().filter_map(|path| absolute(path, &module, folder, &modules));
        used.insert(module.clone(), absolute.collect());
    }
    let mut needs = BTreeMap::new();
    for (module, paths) in used {
        let own = needs.entry(module.clone()).or_insert_with(BTreeSet::new);
        for mut path in paths {
            // A name that is handed on more often than there are modules is handed around in a circle.
            for _ in 0..modules.len() {
                let Some(defined) = (1..=path.len()).rev().find_map(|n| exports.get(&path[..n])) else {
                    break;
                };
                if *defined == path {
                    break;
                }
                path.clone_from(defined);
            }
            let file =
                (1..=path.len()).rev().find(|&n| modules.contains(&path[..n])).map(|n| path[..n].to_vec());
            own.extend(file.filter(|file| *file != module && !module.is_empty()));
        }
    }
    needs
}

#[test]
fn modules_need_only_those_below_them() {
    let place = |module: &Module| {
        let name = module.first().expect("lib.rs is not asked");
        ORDER
            .iter()
            .position(|one| one == name)
            .unwrap_or_else(|| panic!("ORDER has no place for the module {name}"))
    };
    let mut wrong = Vec::new();
    for (module, needed) in needs().iter().filter(|(module, _)| !module.is_empty()) {
        for other in needed.iter().filter(|other| place(other) > place(module)) {
            wrong.push(format!(
                "src/{} needs src/{}: {} stands below {} in the order, and imports go down only",
                module.join("/"),
                other.join("/"),
                module[0],
                other[0]
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_two_files_need_each_other() {
    let needs = needs();
    let reach = |from: &Module| {
        let (mut reached, mut next) = (BTreeSet::new(), vec![from.clone()]);
        while let Some(at) = next.pop() {
            next.extend(needs[&at].iter().filter(|other| reached.insert((*other).clone())).cloned());
        }
        reached
    };
    let circles: Vec<String> = needs
        .iter()
        .flat_map(|(module, own)| own.iter().map(move |other| (module, other)))
        .filter(|(module, other)| reach(other).contains(*module))
        .map(|(module, other)| {
            format!("src/{} needs src/{}, which needs it back: no circles", module.join("/"), other.join("/"))
        })
        .collect();
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}
