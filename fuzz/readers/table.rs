#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    density_playground_fuzz::table(text);
});
