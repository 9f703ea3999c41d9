export { EcommerceConfig } from './config.ts';
export { ecommerce, EcommerceGenerator, ecommercePlugin } from './ecommerce.ts';
